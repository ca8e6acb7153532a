package shop

// The shop's tables, as GORM maps them. Of each row a client sends the fields, and gets these with the id that the database gave it.

type CustomerFields struct {
	Name  string `json:"name" binding:"required,max=100"`
	Email string `json:"email" binding:"required,max=100,address"`
}

// Customer is who buys.
type Customer struct {
	ID int32 `json:"id" gorm:"primaryKey"`
	CustomerFields
	Addresses []Address `json:"-"`
	Orders    []Order   `json:"-"`
	Reviews   []Review  `json:"-"`
}

type AddressFields struct {
	CustomerID int32  `json:"customer_id" binding:"min=1"`
	Street     string `json:"street" binding:"required,max=100"`
	City       string `json:"city" binding:"required,max=100"`
	Postcode   string `json:"postcode" binding:"required,max=20"`
}

// Address is where a customer wants parcels.
type Address struct {
	ID int32 `json:"id" gorm:"primaryKey"`
	AddressFields
	Customer *Customer `json:"-"`
}

type CategoryFields struct {
	Name string `json:"name" binding:"required,max=100"`
}

// Category is a shelf.
type Category struct {
	ID int32 `json:"id" gorm:"primaryKey"`
	CategoryFields
	Products []Product `json:"-"`
}

type SupplierFields struct {
	Name  string `json:"name" binding:"required,max=100"`
	Email string `json:"email" binding:"required,max=100,address"`
}

// Supplier is who delivers to the shop.
type Supplier struct {
	ID int32 `json:"id" gorm:"primaryKey"`
	SupplierFields
	Products []Product `json:"-"`
}

type ProductFields struct {
	CategoryID int32  `json:"category_id" binding:"min=1"`
	SupplierID int32  `json:"supplier_id" binding:"min=1"`
	Name       string `json:"name" binding:"required,max=100"`
	Cents      int32  `json:"cents" binding:"min=1,max=100000000"`
}

// Product is what is sold.
type Product struct {
	ID int32 `json:"id" gorm:"primaryKey"`
	ProductFields
	Category *Category `json:"-"`
	Supplier *Supplier `json:"-"`
	Reviews  []Review  `json:"-"`
}

type OrderFields struct {
	CustomerID int32  `json:"customer_id" binding:"min=1"`
	Status     string `json:"status" binding:"oneof=open paid sent"`
}

// Order is what a customer has ordered at once.
type Order struct {
	ID int32 `json:"id" gorm:"primaryKey"`
	OrderFields
	Customer  *Customer  `json:"-"`
	Lines     []Line     `json:"-"`
	Payments  []Payment  `json:"-"`
	Shipments []Shipment `json:"-"`
}

type LineFields struct {
	OrderID   int32 `json:"order_id" binding:"min=1"`
	ProductID int32 `json:"product_id" binding:"min=1"`
	Quantity  int32 `json:"quantity" binding:"min=1,max=1000"`
	Cents     int32 `json:"cents" binding:"min=1,max=100000000"`
}

// Line is a product of an order.
type Line struct {
	ID int32 `json:"id" gorm:"primaryKey"`
	LineFields
	Order   *Order   `json:"-"`
	Product *Product `json:"-"`
}

type PaymentFields struct {
	OrderID int32  `json:"order_id" binding:"min=1"`
	Method  string `json:"method" binding:"oneof=card invoice transfer"`
	Cents   int32  `json:"cents" binding:"min=1,max=100000000"`
}

// Payment is what was paid of an order.
type Payment struct {
	ID int32 `json:"id" gorm:"primaryKey"`
	PaymentFields
	Order *Order `json:"-"`
}

type ShipmentFields struct {
	OrderID  int32  `json:"order_id" binding:"min=1"`
	Carrier  string `json:"carrier" binding:"required,max=20"`
	Tracking string `json:"tracking" binding:"required,max=100"`
}

// Shipment is a parcel with goods of an order.
type Shipment struct {
	ID int32 `json:"id" gorm:"primaryKey"`
	ShipmentFields
	Order *Order `json:"-"`
}

type ReviewFields struct {
	CustomerID int32  `json:"customer_id" binding:"min=1"`
	ProductID  int32  `json:"product_id" binding:"min=1"`
	Stars      int32  `json:"stars" binding:"min=1,max=5"`
	Text       string `json:"text" binding:"required,max=1000"`
}

// Review is what a customer says of a product.
type Review struct {
	ID int32 `json:"id" gorm:"primaryKey"`
	ReviewFields
	Customer *Customer `json:"-"`
	Product  *Product  `json:"-"`
}
