"""Addresses of the room."""

from django.urls import path

from sekata.pillars.environment.wastebank.views import (
    customer,
    desk,
    files,
    money,
    office,
    people,
    public,
    trade,
    weigh,
    withdraw,
)

app_name = "wastebank"

urlpatterns = [
    path("bank-sampah/", public.home, name="home"),
    path("bank-sampah/peta.geojson", public.geojson, name="geojson"),
    path("bank-sampah/daftar/", customer.apply, name="apply"),
    path("bank-sampah/tabungan/", customer.accounts, name="accounts"),
    path("bank-sampah/tabungan/<str:number>/", customer.account, name="account"),
    path("bank-sampah/tabungan/<str:number>/jemput/", customer.pickup, name="pickup"),
    path("bank-sampah/tabungan/<str:number>/panggilan/", customer.nickname, name="nickname"),
    path("bank-sampah/tabungan/<str:number>/tarik/", withdraw.kinds, name="take_kinds"),
    path("bank-sampah/tabungan/<str:number>/tarik/<str:kind>/", withdraw.take, name="take"),
    path("bank-sampah/tabungan/<str:number>/koran/", withdraw.statement, name="my_statement"),
    path("bank-sampah/tabungan/<str:number>/buku/", withdraw.passbook, name="my_passbook"),
    path("bank-sampah/tabungan/<str:number>/kartu/", withdraw.card, name="card"),
    path("bank-sampah/tarik/<str:number>/", withdraw.withdrawal, name="withdrawal"),
    path("bank-sampah/tarik/<str:number>/batal/", withdraw.cancel, name="cancel_withdrawal"),
    path("bank-sampah/kertas/<str:code>/", files.paper, name="paper"),
    path("bank-sampah/manfaat/", public.effect, name="effect"),
    path("bank-sampah/jemput/<str:number>/batal/", customer.cancel_pickup, name="cancel_pickup"),
    path("bank-sampah/timbang/", weigh.page, name="weigh"),
    path("bank-sampah/timbang/sw.js", weigh.worker, name="weigh_worker"),
    path("bank-sampah/timbang/app.webmanifest", weigh.manifest, name="weigh_manifest"),
    path("bank-sampah/bank/<str:code>/", public.bank, name="bank"),
    path("kerja/bank-sampah/", desk.choose, name="choose"),
    path("kerja/bank-sampah/kabupaten/", office.overview, name="overview"),
    path("kerja/bank-sampah/kabupaten/sipsn/", files.sipsn, name="sipsn"),
    path("kerja/bank-sampah/kabupaten/bank.csv", files.geo, name="banks_csv"),
    path("kerja/bank-sampah/kabupaten/pembeli/", people.buyers, name="buyers"),
    path("kerja/bank-sampah/kabupaten/pembeli/harga/", people.offer, name="offer"),
    path("kerja/bank-sampah/daftar/<str:number>/", office.case, name="case"),
    path("kerja/bank-sampah/daftar/<str:number>/syarat/", office.check, name="check"),
    path("kerja/bank-sampah/daftar/<str:number>/langkah/<str:name>/", office.step, name="step"),
    path("kerja/bank-sampah/jemput/<str:number>/<str:name>/", desk.pickup_step, name="pickup_step"),
    path("kerja/bank-sampah/<str:code>/", desk.day, name="desk"),
    path("kerja/bank-sampah/<str:code>/loket/", desk.counter, name="counter"),
    path("kerja/bank-sampah/<str:code>/harga/", desk.price_editor, name="prices"),
    path("kerja/bank-sampah/<str:code>/perangkat/", desk.device_list, name="devices"),
    path("kerja/bank-sampah/<str:code>/perangkat/<int:device>/cabut/", desk.revoke, name="revoke"),
    path("kerja/bank-sampah/<str:code>/tahanan/<int:item>/<str:verb>/", desk.decide, name="decide"),
    path("kerja/bank-sampah/<str:code>/setoran/<str:number>/batal/", desk.reverse_deposit, name="reverse"),
    path("kerja/bank-sampah/<str:code>/setoran/<str:number>/tambah/", desk.top_up, name="top_up"),
    path("kerja/bank-sampah/<str:code>/setoran/<str:number>/struk/", files.receipt, name="receipt"),
    path("kerja/bank-sampah/<str:code>/rute/", files.route, name="route"),
    path("kerja/bank-sampah/<str:code>/berkas/", files.bank_files, name="files"),
    path("kerja/bank-sampah/<str:code>/berkas/buku.beancount", files.book, name="book"),
    path("kerja/bank-sampah/<str:code>/berkas/<int:year>.zip", files.package, name="package"),
    path("kerja/bank-sampah/<str:code>/uang/", money.home, name="money"),
    path("kerja/bank-sampah/<str:code>/uang/tarik/", money.ask_kind, name="desk_take_kind"),
    path("kerja/bank-sampah/<str:code>/uang/tarik/<str:kind>/", money.ask, name="desk_take"),
    path("kerja/bank-sampah/<str:code>/uang/bukti/", money.voucher, name="voucher"),
    path("kerja/bank-sampah/<str:code>/uang/shu/", money.share, name="share"),
    path("kerja/bank-sampah/<str:code>/uang/<str:number>/<str:name>/", money.step, name="withdrawal_step"),
    path("kerja/bank-sampah/<str:code>/nasabah/", people.customer_list, name="customers"),
    path("kerja/bank-sampah/<str:code>/nasabah/buka/", people.open_account, name="open_account"),
    path("kerja/bank-sampah/<str:code>/nasabah/impor/", people.take_customers, name="import"),
    path("kerja/bank-sampah/<str:code>/nasabah/<str:number>/", people.customer, name="customer"),
    path("kerja/bank-sampah/<str:code>/nasabah/<str:number>/koran/", people.statement, name="statement"),
    path(
        "kerja/bank-sampah/<str:code>/nasabah/<str:number>/tutup/", people.close_account, name="close_account"
    ),
    path(
        "kerja/bank-sampah/<str:code>/nasabah/<str:number>/<str:name>/",
        people.customer_act,
        name="customer_act",
    ),
    path("kerja/bank-sampah/<str:code>/periksa/", people.audit, name="audit"),
    path("kerja/bank-sampah/<str:code>/pengurus/", people.staff, name="staff"),
    path("kerja/bank-sampah/<str:code>/pengurus/tambah/", people.add_officer, name="add_officer"),
    path(
        "kerja/bank-sampah/<str:code>/pengurus/<int:officer>/akhiri/", people.end_officer, name="end_officer"
    ),
    path("kerja/bank-sampah/<str:code>/timbangan/tambah/", people.add_scale, name="add_scale"),
    path(
        "kerja/bank-sampah/<str:code>/timbangan/<int:scale>/tera/", people.verify_scale, name="verify_scale"
    ),
    path("kerja/bank-sampah/<str:code>/dagang/", trade.home, name="trade"),
    path("kerja/bank-sampah/<str:code>/dagang/jual/", trade.plan, name="plan_sale"),
    path(
        "kerja/bank-sampah/<str:code>/dagang/jual/<str:number>/<str:name>/", trade.sale_step, name="sale_step"
    ),
    path("kerja/bank-sampah/<str:code>/dagang/kirim/", trade.send, name="send"),
    path("kerja/bank-sampah/<str:code>/dagang/terima/<str:number>/", trade.receive, name="receive"),
    path("kerja/bank-sampah/<str:code>/dagang/sepakati/<str:number>/", trade.agree, name="agree"),
    path("kerja/bank-sampah/<str:code>/dagang/hilang/<int:line>/", trade.close_leg, name="close_leg"),
    path("kerja/bank-sampah/<str:code>/dagang/nota/<str:number>/", files.sale_slip, name="sale_slip"),
    path("kerja/bank-sampah/<str:code>/dagang/opname/", trade.count, name="count"),
    path(
        "kerja/bank-sampah/<str:code>/dagang/selisih/<int:line>/", trade.close_suspense, name="close_suspense"
    ),
    path("kerja/bank-sampah/<str:code>/dagang/kas/", trade.count_cash, name="count_cash"),
    path("kerja/bank-sampah/<str:code>/dagang/tutup/", trade.close_month, name="close_month"),
]
