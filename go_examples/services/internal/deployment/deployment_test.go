package deployment

import (
	"errors"
	"maps"
	"strings"
	"testing"
	"time"
)

var errServed = errors.New("the service of the orders ran")

// deployed runs what SERVICE names, and returns the addresses that the gateway was given: none where it did not run.
func deployed(t *testing.T, service string) (addresses map[string]string, err error) {
	t.Helper()
	t.Setenv("SERVICE", service)
	t.Setenv("UPSTREAM", "127.0.0.1:7")
	t.Setenv("LIMIT", "0.5")
	services := map[string]func() error{
		"users":  func() error { return errors.New("another service ran") },
		"orders": func() error { return errServed },
	}
	err = Run(services, func(given map[string]string, _ time.Duration) error { addresses = given; return nil })
	return addresses, err
}

func TestAServiceThatIsNamedRunsAlone(t *testing.T) {
	if addresses, err := deployed(t, "orders"); err != errServed || addresses != nil {
		t.Errorf("%v, %v", addresses, err)
	}
}

func TestAGatewayThatRunsAloneHasAllServicesAtTheUpstream(t *testing.T) {
	addresses, err := deployed(t, "gateway")
	if want := map[string]string{"users": "127.0.0.1:7", "orders": "127.0.0.1:7"}; err != nil || !maps.Equal(addresses, want) {
		t.Errorf("%v, %v", addresses, err)
	}
}

func TestAServiceThatThereIsNotIsAnError(t *testing.T) {
	if _, err := deployed(t, "cart"); err == nil || err.Error() != `SERVICE: there is no service "cart"` {
		t.Error(err)
	}
}

func TestALimitThatIsNoNumberIsAnError(t *testing.T) {
	t.Setenv("SERVICE", "gateway")
	t.Setenv("LIMIT", "soon")
	served := Run(nil, func(map[string]string, time.Duration) error { return nil })
	if served == nil || !strings.HasPrefix(served.Error(), "LIMIT: ") {
		t.Error(served)
	}
}
