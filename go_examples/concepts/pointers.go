package concepts

// Account is a value: to assign it copies it.
type Account struct {
	Balance int
}

// MistakenAddInterest changes copies, which are gone after each turn.
func MistakenAddInterest(accounts []Account) {
	for _, account := range accounts {
		account.Balance++
	}
}

// AddInterest changes the accounts where they are.
func AddInterest(accounts []Account) {
	for i := range accounts {
		accounts[i].Balance++
	}
}
