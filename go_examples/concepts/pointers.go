package concepts

// Account is a value: to assign it copies it.
type Account struct {
	Balance int
}

// MistakenDeposit returns what the balance should be, of a copy: a receiver is an argument as any other.
func (a Account) MistakenDeposit(amount int) int {
	a.Balance += amount
	return a.Balance
}

// Deposit changes the account that it is called on: Go takes the address.
func (a *Account) Deposit(amount int) int {
	a.Balance += amount
	return a.Balance
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
