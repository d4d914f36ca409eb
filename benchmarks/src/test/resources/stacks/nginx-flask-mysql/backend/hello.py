"""Lists what it has put into MariaDB."""

import flask
import pymysql

app = flask.Flask(__name__)
with open("/run/secrets/db-password", encoding="ascii") as file:
    PASSWORD = file.read().strip()


@app.route("/")
def titles():
    with pymysql.connect(host="db", user="root", password=PASSWORD, database="example") as database:
        with database.cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS blog (id INT PRIMARY KEY, title VARCHAR(40))")
            cursor.executemany("INSERT IGNORE INTO blog VALUES (%s, %s)", [(i, f"Title #{i}") for i in range(1, 5)])
            database.commit()
            cursor.execute("SELECT title FROM blog ORDER BY id")
            return ", ".join(title for (title,) in cursor) + "\n"
