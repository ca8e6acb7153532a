package endpoints

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
)

func TestASummaryIsWhatTheServicesOfItsUserAnswer(t *testing.T) {
	for i := range uint64(100) {
		var summary struct {
			User, Credit, Total int
			Items               []int
		}
		var user struct{ ID, Credit int }
		var orders struct{ Items []int }
		var prices struct{ Prices []int }
		for name, into := range map[string]any{"chain": &summary, "chain-users": &user, "chain-orders": &orders, "chain-prices": &prices} {
			endpoint := named(t, name)
			if err := json.Unmarshal(endpoint.AppendAnswer(nil, seed, i), into); err != nil {
				t.Fatal(err)
			}
		}
		total := 0
		for _, price := range prices.Prices {
			total += price
		}
		if user.ID != summary.User || user.Credit != summary.Credit || total != summary.Total || !slices.Equal(orders.Items, summary.Items) {
			t.Fatalf("%+v of %+v, %+v, %+v", summary, user, orders, prices)
		}
	}
}

func TestAServiceIsAskedForWhatTheServiceBeforeItHasAnswered(t *testing.T) {
	orders, prices := named(t, "chain-orders"), named(t, "chain-prices")
	for i := range uint64(100) {
		var placed struct{ Items []int }
		if err := json.Unmarshal(orders.AppendAnswer(nil, seed, i), &placed); err != nil {
			t.Fatal(err)
		}
		request, _ := asked(t, prices.AppendRequest(nil, "", seed, i))
		if want := fmt.Sprintf("/prices?items=%d&items=%d&items=%d", placed.Items[0], placed.Items[1], placed.Items[2]); request.RequestURI != want {
			t.Fatalf("want %s, got %s", want, request.RequestURI)
		}
	}
}

func TestACallHasWhatTheGatewaysClientsSay(t *testing.T) {
	for _, name := range []string{"chain-users", "chain-orders", "chain-prices"} {
		endpoint := named(t, name)
		request, _ := asked(t, endpoint.AppendRequest(nil, "", seed, 0))
		if request.UserAgent() == "" || request.Header.Get("Accept-Encoding") == "" {
			t.Errorf("%s: %v", name, request.Header)
		}
	}
}

func TestWhatAChainIsAskedForMakesNoGarbage(t *testing.T) {
	for _, name := range []string{"chain", "chain-users", "chain-orders", "chain-prices"} {
		endpoint, scratch := named(t, name), make([]byte, 0, 4096)
		if garbage := testing.AllocsPerRun(100, func() {
			endpoint.AppendRequest(scratch, "", seed, 1)
			endpoint.AppendAnswer(scratch, seed, 1)
		}); garbage > 0 {
			t.Errorf("%s: %g allocations", name, garbage)
		}
	}
}
