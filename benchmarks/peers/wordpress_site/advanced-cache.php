<?php
// A page cache as its plugins make one: the page as a file, answered before WordPress is loaded. Only where nginx asks.
if (($_SERVER['PAGE_CACHE'] ?? '') === '1') {
    $kept = WP_CONTENT_DIR . '/kept-' . md5($_SERVER['REQUEST_URI']) . '.html';
    if (is_file($kept)) {
        header('Content-Type: text/html; charset=UTF-8');
        readfile($kept);
        exit;
    }
    ob_start(function ($page) use ($kept) {
        if (http_response_code() === 200 && strlen($page) > 1000) {
            file_put_contents($kept, $page, LOCK_EX);
        }
        return $page;
    });
}
