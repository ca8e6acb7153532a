package orders

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

const (
	recent           = 3
	standardShipping = 500
	mailsWaiting     = 1_000
)

// ErrConflict is an order that is not in a state in which that can be done; ErrNotFound is one that does not exist.
var (
	ErrConflict = errors.New("conflict")
	ErrNotFound = errors.New("no such order")
)

// Service places, ships and reports orders; mails are sent beside it, until it is closed.
type Service struct {
	store    *Store
	carrier  func(context.Context, string) (int, error)
	mail     func(string)
	patience int // in milliseconds
	stocking sync.Mutex
	rating   sync.Mutex
	base     *int
	counting sync.Mutex
	counts   map[string]int
	placed   []int
	mails    chan string
	sent     chan struct{}
}

// answer is what the carrier said.
type answer struct {
	cents int
	err   error
}

// New starts a service.
func New(store *Store, carrier func(context.Context, string) (int, error), mail func(string), patience int) *Service {
	s := &Service{
		store:    store,
		carrier:  carrier,
		mail:     mail,
		patience: patience,
		counts:   make(map[string]int),
		mails:    make(chan string, mailsWaiting),
		sent:     make(chan struct{}),
	}
	go s.send()
	return s
}

// Place accepts an order; the error is ErrInvalid, ErrConflict where an article is sold out, or the database's.
func (s *Service) Place(ctx context.Context, body []byte) (*Order, error) {
	order, err := Parse(body)
	if err != nil {
		return nil, err
	}
	for _, item := range order.Items {
		if err := s.reserve(ctx, item.SKU, item.Quantity); err != nil {
			return nil, err
		}
	}
	order.Number, err = s.store.Add(ctx, order)
	if err != nil {
		return nil, err
	}
	s.count(order)
	if err := s.store.Audit(ctx, order.Number, "placed"); err != nil {
		return nil, err
	}
	s.mails <- Label(order)
	return order, nil
}

func (s *Service) reserve(ctx context.Context, sku string, quantity int) error {
	s.stocking.Lock()
	defer s.stocking.Unlock()
	left, err := s.store.Stock(ctx, sku)
	if err != nil {
		return err
	}
	if left < quantity {
		return fmt.Errorf("%w: %s: %d left", ErrConflict, sku, left)
	}
	return s.store.SetStock(ctx, sku, left-quantity)
}

func (s *Service) count(order *Order) {
	s.counting.Lock()
	defer s.counting.Unlock()
	s.counts[order.Customer]++
	s.placed = append(s.placed, order.Number)
}

// Ship marks an order as shipped; the error is ErrNotFound, ErrConflict where it is not new, or the database's.
func (s *Service) Ship(ctx context.Context, number int) (*Order, error) {
	order, err := s.store.Get(ctx, number)
	if err != nil {
		return nil, err
	}
	if order == nil {
		return nil, ErrNotFound
	}
	moved, err := s.store.Move(ctx, number, "new", "shipped")
	if err != nil {
		return nil, err
	}
	if !moved {
		return nil, fmt.Errorf("%w: %d is %s", ErrConflict, number, order.Status)
	}
	order.Status = "shipped"
	if err := s.store.Audit(ctx, number, "shipped"); err != nil {
		return nil, err
	}
	return order, nil
}

// Shipping returns what the carrier asks for an article, in cents; the standard price where it takes too long to answer.
func (s *Service) Shipping(ctx context.Context, sku string) (int, error) {
	limited, cancel := context.WithTimeout(ctx, time.Duration(s.patience)*time.Millisecond)
	defer cancel()
	answered := make(chan answer, 1)
	go func() {
		cents, err := s.carrier(limited, sku)
		answered <- answer{cents, err}
	}()
	select {
	case <-limited.Done():
		return standardShipping, ctx.Err()
	case got := <-answered:
		return got.cents, got.err
	}
}

// Rate returns the carrier's base rate, which it is asked for once.
func (s *Service) Rate(ctx context.Context) (int, error) {
	s.rating.Lock()
	defer s.rating.Unlock()
	if s.base == nil {
		cents, err := s.carrier(ctx, "base")
		if err != nil {
			return 0, err
		}
		s.base = &cents
	}
	return *s.base, nil
}

// Report returns what customers spent in all, in cents, and the one that spent most; the error is the database's.
func (s *Service) Report(ctx context.Context, customers []string) (int, string, error) {
	cents, highest, best := 0, -1, ""
	var adding sync.Mutex
	var group errgroup.Group
	for _, customer := range customers {
		group.Go(func() error {
			spent, err := s.store.Spent(ctx, customer)
			if err != nil {
				return err
			}
			adding.Lock()
			defer adding.Unlock()
			cents += spent
			if spent > highest {
				highest, best = spent, customer
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return 0, "", err
	}
	return cents, best, nil
}

// Placed returns how many orders of a customer were placed.
func (s *Service) Placed(customer string) int {
	s.counting.Lock()
	defer s.counting.Unlock()
	return s.counts[customer]
}

// Recent returns the numbers of the last orders, the newest last.
func (s *Service) Recent() []int {
	s.counting.Lock()
	defer s.counting.Unlock()
	return append([]int(nil), s.placed[max(0, len(s.placed)-recent):]...)
}

// Handler answers POST /orders, GET /orders/7 and POST /orders/7/ship.
func (s *Service) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /orders", s.answerPlace)
	mux.HandleFunc("GET /orders/{number}", s.answerGet)
	mux.HandleFunc("POST /orders/{number}/ship", s.answerShip)
	return mux
}

func (s *Service) answerPlace(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		fail(w, err)
		return
	}
	order, err := s.Place(r.Context(), body)
	if err != nil {
		fail(w, err)
		return
	}
	respond(w, http.StatusCreated, order)
}

func (s *Service) answerGet(w http.ResponseWriter, r *http.Request) {
	number, err := strconv.Atoi(r.PathValue("number"))
	if err != nil {
		fail(w, ErrNotFound)
		return
	}
	order, err := s.store.Get(r.Context(), number)
	if err != nil {
		fail(w, err)
		return
	}
	if order == nil {
		fail(w, ErrNotFound)
		return
	}
	respond(w, http.StatusOK, order)
}

func (s *Service) answerShip(w http.ResponseWriter, r *http.Request) {
	number, err := strconv.Atoi(r.PathValue("number"))
	if err != nil {
		fail(w, ErrNotFound)
		return
	}
	order, err := s.Ship(r.Context(), number)
	if err != nil {
		fail(w, err)
		return
	}
	respond(w, http.StatusOK, order)
}

func (s *Service) send() {
	defer close(s.sent)
	for text := range s.mails {
		s.mail(text)
	}
}

// Close sends the mails that are waiting, and closes the database; nothing may be placed any more.
func (s *Service) Close() error {
	close(s.mails)
	<-s.sent
	return s.store.Close()
}

func respond(w http.ResponseWriter, status int, order *Order) {
	fields := map[string]any{
		"number": order.Number, "customer": order.Customer, "status": order.Status, "total": Total(order),
	}
	text, err := json.Marshal(fields)
	if err != nil {
		fail(w, err)
		return
	}
	w.WriteHeader(status)
	_, _ = w.Write(text) // whoever asked may have left
}

func fail(w http.ResponseWriter, err error) {
	status := http.StatusInternalServerError
	switch {
	case errors.Is(err, ErrInvalid):
		status = http.StatusBadRequest
	case errors.Is(err, ErrConflict):
		status = http.StatusConflict
	case errors.Is(err, ErrNotFound):
		status = http.StatusNotFound
	}
	http.Error(w, err.Error(), status)
}
