package endpoints

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

func TestRequestsHaveTokensOfManyUsers(t *testing.T) {
	endpoint, seen := named(t, "production-post"), map[string]bool{}
	for i := range uint64(1000) {
		request, _ := asked(t, endpoint.AppendRequest(nil, "", seed, i))
		token, _ := strings.CutPrefix(request.Header.Get("Authorization"), "Bearer ")
		var claims jwt.RegisteredClaims
		if _, err := jwt.ParseWithClaims(token, &claims, func(*jwt.Token) (any, error) { return []byte(key), nil }); err != nil {
			t.Fatalf("%s: %v", token, err)
		}
		seen[claims.Subject] = true
	}
	if len(seen) < 200 || len(seen) > users {
		t.Errorf("%d users", len(seen))
	}
}

func TestThreeInFourRequestsArePartOfATrace(t *testing.T) {
	endpoint, form := named(t, "production-post"), regexp.MustCompile(`^00-[0-9a-f]{32}-[0-9a-f]{16}-01$`)
	traced := map[string]bool{}
	for i := range uint64(1000) {
		request, _ := asked(t, endpoint.AppendRequest(nil, "", seed, i))
		header := request.Header.Get("Traceparent")
		if header == "" {
			continue
		}
		if !form.MatchString(header) || traced[header] {
			t.Fatalf("%q", header)
		}
		traced[header] = true
	}
	if len(traced) < 700 || len(traced) > 800 {
		t.Errorf("%d of 1000", len(traced))
	}
}

func TestTheHeadersOfARequestMakeNoGarbage(t *testing.T) {
	endpoint, scratch := named(t, "production-post"), make([]byte, 0, 4096)
	if garbage := testing.AllocsPerRun(100, func() { endpoint.headers(scratch, drawn(seed, 1)) }); garbage > 0 {
		t.Errorf("%g allocations", garbage)
	}
}

func TestEveryUnauthorisedRequestIsRightButForItsToken(t *testing.T) {
	refused := 0
	for _, invalid := range named(t, "production-post").Invalid {
		if invalid.Status == http.StatusUnauthorized {
			refused++
			if len(invalid.Names) > 0 || !strings.Contains(invalid.Body, `"price":1250}`) {
				t.Errorf("%s: %+v", invalid.What, invalid)
			}
		} else if !strings.HasPrefix(invalid.Headers, "Authorization: Bearer ey") {
			t.Errorf("%s: %q", invalid.What, invalid.Headers)
		}
	}
	if refused != 14 {
		t.Errorf("%d requests are unauthorised", refused)
	}
}

func TestAKeyThatIsTooShortIsAnError(t *testing.T) {
	for _, short := range []string{"", strings.Repeat("k", shortest-1)} {
		if _, err := Named("production-post", Sources{Key: short}); err == nil || !strings.Contains(err.Error(), "-key, of at least 32 bytes") {
			t.Errorf("%q: got %v", short, err)
		}
	}
}
