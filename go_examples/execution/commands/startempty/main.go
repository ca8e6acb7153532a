// Command startempty does nothing: what is left is the runtime's own start and end.
package main

func main() {}
