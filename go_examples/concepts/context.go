package concepts

import (
	"context"
	"time"
)

// Ask asks another service for a name, and gives up when its context is done.
type Ask func(context.Context) (string, error)

// GreetInTime gives up after a while, since everything below it is handed the context.
func GreetInTime(ctx context.Context, patience time.Duration, ask Ask) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return Greet(ctx, ask)
}

// MistakenGreet has no context, and hands on an empty one: neither a deadline nor a cancellation of its caller's gets through.
func MistakenGreet(ask Ask) (string, error) {
	name, err := ask(context.Background())
	if err != nil {
		return "", err
	}
	return "Hello, " + name, nil
}

// Greet hands on the context of its caller.
func Greet(ctx context.Context, ask Ask) (string, error) {
	name, err := ask(ctx)
	if err != nil {
		return "", err
	}
	return "Hello, " + name, nil
}
