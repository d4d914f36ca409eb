<?php
try {
    $database = new mysqli(
        getenv('WORDPRESS_DB_HOST'),
        getenv('WORDPRESS_DB_USER'),
        getenv('WORDPRESS_DB_PASSWORD'),
        getenv('WORDPRESS_DB_NAME')
    );
    $database->query('CREATE TABLE IF NOT EXISTS posts (title VARCHAR(40) PRIMARY KEY)');
    $database->query("INSERT IGNORE INTO posts VALUES ('Hello, world')");
    foreach ($database->query('SELECT title FROM posts') as $post) {
        echo "<h1>$post[title]</h1>\n";
    }
} catch (mysqli_sql_exception $e) {
    http_response_code(500);
    echo 'No database: ', $e->getMessage(), "\n";
}
