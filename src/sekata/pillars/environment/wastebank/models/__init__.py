"""Tables of waste banks: the bank and its people, customers, prices, deposits, stock, trade, money, pickups."""

from sekata.pillars.environment.wastebank.models.bank import Device, Officer, Scale, Series, WasteBank
from sekata.pillars.environment.wastebank.models.customer import Customer, Pickup
from sekata.pillars.environment.wastebank.models.deposit import Deposit, DepositLine, KindThreshold, SyncItem
from sekata.pillars.environment.wastebank.models.money import (
    BillerCall,
    Distribution,
    Paper,
    Voucher,
    Withdrawal,
)
from sekata.pillars.environment.wastebank.models.price import Collector, Offer, Price, PriceList
from sekata.pillars.environment.wastebank.models.stock import (
    CashCount,
    Period,
    Stock,
    StockCount,
    StockCountLine,
    StockMove,
)
from sekata.pillars.environment.wastebank.models.trade import Sale, SaleLine, Transfer, TransferLine

__all__ = [
    "BillerCall",
    "CashCount",
    "Collector",
    "Customer",
    "Deposit",
    "DepositLine",
    "Device",
    "Distribution",
    "KindThreshold",
    "Offer",
    "Officer",
    "Paper",
    "Period",
    "Pickup",
    "Price",
    "PriceList",
    "Sale",
    "SaleLine",
    "Scale",
    "Series",
    "Stock",
    "StockCount",
    "StockCountLine",
    "StockMove",
    "SyncItem",
    "Transfer",
    "TransferLine",
    "Voucher",
    "WasteBank",
    "Withdrawal",
]
