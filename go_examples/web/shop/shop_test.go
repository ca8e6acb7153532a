package shop

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
)

// asked sends the shop a request for which it needs no database, and returns status and body.
func asked(t *testing.T, method, path, body string) (int, string) {
	t.Helper()
	settings, err := ReadSettings()
	if err != nil {
		t.Fatal(err)
	}
	handler, err := New(settings)
	if err != nil {
		t.Fatal(err)
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest(method, path, strings.NewReader(body)))
	return answer.Code, answer.Body.String()
}

func TestItTellsThatItIsUp(t *testing.T) {
	t.Setenv("SHOP_NAME", "corner shop")
	status, body := asked(t, "GET", "/", "")
	if want := `{"name":"corner shop","environment":"production"}`; status != http.StatusOK || body != want {
		t.Errorf("got status %d and %s, want %s", status, body, want)
	}
}

func TestWhatBreaksARuleIsRefused(t *testing.T) {
	for _, c := range []struct{ method, path, body string }{
		{"GET", "/customers/many", ""},
		{"GET", "/customers?limit=0", ""},
		{"GET", "/customers?after=-1", ""},
		{"POST", "/customers", `{"name": "Ada"}`},
		{"POST", "/customers", `{"name": "Ada", "email": "no address"}`},
		{"PUT", "/orders/1", `{"customer_id": 1, "status": "lost"}`},
		{"POST", "/lines", `{"order_id": 1, "product_id": 1, "quantity": "2", "cents": 100}`},
		{"POST", "/payments", `{`},
	} {
		if status, _ := asked(t, c.method, c.path, c.body); status != http.StatusBadRequest {
			t.Errorf("%s %s %s: got status %d, want %d", c.method, c.path, c.body, status, http.StatusBadRequest)
		}
	}
}

func TestItHasFiftyRequestsForItsTables(t *testing.T) {
	db, err := open(Settings{DatabaseURL: "postgresql://postgres@127.0.0.1:1/none", Pool: 1})
	if err != nil {
		t.Fatal(err)
	}
	router := gin.New()
	if err := routes(router, db); err != nil {
		t.Fatal(err)
	}
	if got := len(router.Routes()); got != 50 {
		t.Errorf("got %d requests, want 50", got)
	}
}

func TestSettingsThatBreakARuleAreNamed(t *testing.T) {
	for name, value := range map[string]string{"SHOP_POOL": "0", "SHOP_ENVIRONMENT": "moon"} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(name, value)
			if _, err := ReadSettings(); err == nil || !strings.HasPrefix(err.Error(), name) {
				t.Errorf("got %v", err)
			}
		})
	}
}
