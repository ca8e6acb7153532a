package orders

// The tests that a team would write of the service; tests/workloads/mistakes/test_orders.py has the same cases.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const mug = `{"sku": "mug", "quantity": 2, "cents": 900}`

func body(customer string, items ...string) []byte {
	return fmt.Appendf(nil, `{"customer": %q, "items": [%s], "note": "ring twice"}`, customer, strings.Join(items, ","))
}

func repeated(text string, count int) []string {
	texts := make([]string, count)
	for i := range texts {
		texts[i] = text
	}
	return texts
}

func quick(_ context.Context, sku string) (int, error) { return len(sku) * 100, nil }

func open(t *testing.T) *Store {
	t.Helper()
	store, err := Open(t.Context(), ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

type carrier = func(context.Context, string) (int, error)

func serving(t *testing.T, stock int, ask carrier, mail func(string), patience int) (*Service, *Store) {
	t.Helper()
	store := open(t)
	if err := store.SetStock(t.Context(), "mug", stock); err != nil {
		t.Fatal(err)
	}
	service := New(store, ask, mail, patience)
	t.Cleanup(func() {
		if err := service.Close(); err != nil {
			t.Error(err)
		}
	})
	return service, store
}

func usual(t *testing.T, stock int) (*Service, *Store) {
	t.Helper()
	return serving(t, stock, quick, func(string) {}, 1_000)
}

func place(t *testing.T, service *Service, sent []byte) *Order {
	t.Helper()
	order, err := service.Place(t.Context(), sent)
	if err != nil {
		t.Fatal(err)
	}
	return order
}

func equal(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAnOrderIsParsed(t *testing.T) {
	order, err := Parse(body(" Ada ", mug))
	if err != nil {
		t.Fatal(err)
	}
	note := "ring twice"
	equal(t, order, &Order{Customer: "Ada", Status: "new", Note: &note, Items: []Item{{"mug", 2, 900}}})
}

func TestWhatIsNoOrderIsRefused(t *testing.T) {
	for name, sent := range map[string][]byte{
		"broken":         []byte("{"),
		"a list":         []byte("[]"),
		"no customer":    body(" ", mug),
		"no items":       body("Ada"),
		"too many items": body("Ada", repeated(mug, 51)...),
		"no quantity":    body("Ada", `{"sku": "mug", "quantity": 0, "cents": 900}`),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Parse(sent); !errors.Is(err, ErrInvalid) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestAnOrderMayHaveFiftyItems(t *testing.T) {
	order, err := Parse(body("Ada", repeated(mug, 50)...))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, len(order.Items), 50)
}

func TestTheDiscountGrowsWithThePrice(t *testing.T) {
	for cents, off := range map[int]int{0: 0, 9_999: 0, 10_000: 500, 50_000: 5_000} {
		equal(t, discount(cents), off)
	}
}

func two() *Order {
	return &Order{Customer: "Ada", Items: []Item{{"mug", 2, 900}, {"desk", 1, 20_000}}}
}

func TestTheTotalHasTheDiscountTakenOff(t *testing.T) { equal(t, Total(two()), 20_710) }

func TestPiecesAreCountedOverAllItems(t *testing.T) { equal(t, Pieces(two()), 3) }

func TestAParcelIsInsuredForItsDearestArticle(t *testing.T) { equal(t, Insured(two()), "desk") }

func TestTheLabelHasTheNoteWhereThereIsOne(t *testing.T) {
	note := " ring twice "
	equal(t, Label(&Order{Customer: "Ada"}), "Ada")
	equal(t, Label(&Order{Customer: "Ada", Note: &note}), "Ada (ring twice)")
}

func TestTheLastPageMayBeShort(t *testing.T) {
	for count, pages := range map[int]int{0: 0, 1: 1, 10: 1, 11: 2} {
		equal(t, Pages(count, 10), pages)
	}
}

func TestAStoredOrderIsReadBack(t *testing.T) {
	store, note := open(t), "ring twice"
	if _, err := store.Add(t.Context(), &Order{Customer: "Eve", Status: "new", Items: []Item{{"desk", 1, 20_000}}}); err != nil {
		t.Fatal(err)
	}
	order := &Order{Customer: "Ada", Status: "new", Note: &note, Items: []Item{{"mug", 2, 900}, {"pen", 1, 100}}}
	number, err := store.Add(t.Context(), order)
	if err != nil {
		t.Fatal(err)
	}
	stored, err := store.Get(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	order.Number = number
	equal(t, stored, order)
}

func TestACustomersOrdersAreShownPageByPage(t *testing.T) {
	store := open(t)
	var numbers []int
	for range 3 {
		number, err := store.Add(t.Context(), &Order{Customer: "Ada", Status: "new", Items: []Item{{"mug", 1, 900}}})
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, number)
	}
	for page, want := range map[int][]int{1: numbers[:2], 2: numbers[2:]} {
		got, err := store.Page(t.Context(), "Ada", page, 2)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, got, want)
	}
}

func TestAPlacedOrderIsNumberedCountedAndWrittenDown(t *testing.T) {
	service, store := usual(t, 100)
	order := place(t, service, body("Ada", mug))
	stored, err := store.Get(t.Context(), order.Number)
	if err != nil || stored == nil {
		t.Fatal(stored, err)
	}
	equal(t, stored.Customer, "Ada")
	equal(t, []int{service.Placed("Ada"), service.Placed("Eve")}, []int{1, 0})
	events, err := store.Events(t.Context(), order.Number)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, events, []string{"placed"})
	left, err := store.Stock(t.Context(), "mug")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, left, 98)
}

func TestWhatIsSoldOutCannotBeOrdered(t *testing.T) {
	service, _ := usual(t, 1)
	if _, err := service.Place(t.Context(), body("Ada", mug)); !errors.Is(err, ErrConflict) {
		t.Errorf("got %v", err)
	}
}

func TestTheLastOrdersAreKept(t *testing.T) {
	service, _ := usual(t, 100)
	var numbers []int
	for range 5 {
		numbers = append(numbers, place(t, service, body("Ada", mug)).Number)
	}
	equal(t, service.Recent(), numbers[2:])
}

func TestAnOrderIsShippedOnce(t *testing.T) {
	service, store := usual(t, 100)
	number := place(t, service, body("Ada", mug)).Number
	order, err := service.Ship(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, order.Status, "shipped")
	events, err := store.Events(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, events, []string{"placed", "shipped"})
	if _, err := service.Ship(t.Context(), number); !errors.Is(err, ErrConflict) {
		t.Errorf("got %v", err)
	}
}

func TestNoMoreIsSoldThanThereIsWhenManyOrderAtOnce(t *testing.T) {
	service, store := usual(t, 20)
	var accepted atomic.Int64
	var group sync.WaitGroup
	for range 30 {
		group.Go(func() {
			if _, err := service.Place(t.Context(), body("Ada", mug)); err == nil {
				accepted.Add(1)
			}
		})
	}
	group.Wait()
	equal(t, accepted.Load(), int64(10))
	equal(t, service.Placed("Ada"), 10)
	left, err := store.Stock(t.Context(), "mug")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, left, 0)
}

func TestTheCarrierIsAskedForItsRateOnce(t *testing.T) {
	var asked atomic.Int64
	service, _ := serving(t, 0, func(context.Context, string) (int, error) {
		asked.Add(1)
		time.Sleep(10 * time.Millisecond)
		return 490, nil
	}, func(string) {}, 1_000)
	var group sync.WaitGroup
	for range 10 {
		group.Go(func() {
			cents, err := service.Rate(t.Context())
			if err != nil {
				t.Error(err)
			}
			equal(t, cents, 490)
		})
	}
	group.Wait()
	equal(t, asked.Load(), int64(1))
}

func TestTheCarriersPriceIsTakenWhereItAnswersInTime(t *testing.T) {
	service, _ := serving(t, 0, func(ctx context.Context, sku string) (int, error) {
		time.Sleep(20 * time.Millisecond)
		return quick(ctx, sku)
	}, func(string) {}, 1_000)
	cents, err := service.Shipping(t.Context(), "desk")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, cents, 400)
}

func TestACarrierThatTakesTooLongIsNotWaitedFor(t *testing.T) {
	ended := make(chan struct{})
	service, _ := serving(t, 0, func(ctx context.Context, _ string) (int, error) {
		defer close(ended)
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-time.After(30 * time.Second):
			return 0, nil
		}
	}, func(string) {}, 10)
	began := time.Now()
	cents, err := service.Shipping(t.Context(), "desk")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, cents, standardShipping)
	select {
	case <-ended:
	case <-time.After(5 * time.Second):
		t.Error("the carrier is still asked")
	}
	if time.Since(began) > 5*time.Second {
		t.Error("it was waited for")
	}
}

func TestTheReportAddsWhatCustomersSpent(t *testing.T) {
	service, _ := usual(t, 100)
	var customers []string
	for number := range 10 {
		customers = append(customers, fmt.Sprintf("customer %d", number))
		place(t, service, body(customers[number], fmt.Sprintf(`{"sku": "mug", "quantity": 1, "cents": %d}`, 100*(number+1))))
	}
	cents, best, err := service.Report(t.Context(), customers)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, []any{cents, best}, []any{5_500, "customer 9"})
}

func TestAReportWithoutTheDatabaseFails(t *testing.T) {
	service, store := usual(t, 100)
	place(t, service, body("Ada", mug))
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := service.Report(t.Context(), []string{"Ada"}); err == nil {
		t.Error("it did not fail")
	}
}

func TestMailsAreSentBeforeTheServiceEnds(t *testing.T) {
	var sent []string
	var sending sync.Mutex
	service := New(open(t), quick, func(text string) {
		time.Sleep(5 * time.Millisecond)
		sending.Lock()
		defer sending.Unlock()
		sent = append(sent, text)
	}, 1_000)
	if err := service.store.SetStock(t.Context(), "mug", 100); err != nil {
		t.Fatal(err)
	}
	for range 5 {
		place(t, service, body("Ada", mug))
	}
	if err := service.Close(); err != nil {
		t.Fatal(err)
	}
	sending.Lock()
	defer sending.Unlock()
	equal(t, sent, repeated("Ada (ring twice)", 5))
}

func answered(t *testing.T, service *Service, method, path string, sent []byte) (int, map[string]any) {
	t.Helper()
	recorder := httptest.NewRecorder()
	service.Handler().ServeHTTP(recorder, httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(string(sent))))
	var fields map[string]any
	if recorder.Code < 300 {
		if err := json.Unmarshal(recorder.Body.Bytes(), &fields); err != nil {
			t.Fatal(err)
		}
	}
	return recorder.Code, fields
}

func TestRequestsAreAnswered(t *testing.T) {
	service, _ := usual(t, 100)
	status, fields := answered(t, service, "POST", "/orders", body("Ada", mug))
	number := fields["number"]
	expected := map[string]any{"number": number, "customer": "Ada", "status": "new", "total": 1_800.0}
	equal(t, []any{status, fields}, []any{201, expected})
	status, fields = answered(t, service, "GET", fmt.Sprintf("/orders/%v", number), nil)
	equal(t, []any{status, fields}, []any{200, expected})
	status, fields = answered(t, service, "POST", fmt.Sprintf("/orders/%v/ship", number), nil)
	expected["status"] = "shipped"
	equal(t, []any{status, fields}, []any{200, expected})
}

func TestWhatCannotBeDoneIsAnsweredWithItsStatus(t *testing.T) {
	for _, asked := range []struct {
		method, path string
		sent         []byte
		status       int
	}{
		{"POST", "/orders", []byte("{"), 400},
		{"POST", "/orders", body("Ada", `{"sku": "mug", "quantity": 500, "cents": 900}`), 409},
		{"GET", "/orders/x", nil, 404},
		{"GET", "/orders/77", nil, 404},
		{"POST", "/orders/77/ship", nil, 404},
		{"GET", "/", nil, 404},
	} {
		t.Run(asked.method+asked.path, func(t *testing.T) {
			service, _ := usual(t, 100)
			status, _ := answered(t, service, asked.method, asked.path, asked.sent)
			equal(t, status, asked.status)
		})
	}
}
