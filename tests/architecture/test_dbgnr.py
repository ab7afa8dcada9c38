from tests.architecture.test_newroom import *
def test_dbg(copy, django_db_setup):
    made = run(sys.executable, "tools/newroom", *ROOM)
    print(made.stdout, made.stderr)
    e=run("env","RENEW=1",sys.executable,"-m","pytest","-q","tests/architecture/test_matrix.py","-k","that_of_the_code")
    print(e.stdout[-2500:], e.stderr[-1500:])
