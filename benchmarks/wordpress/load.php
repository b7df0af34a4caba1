<?php
// Installs WordPress and lays the stories in: php load.php SITE STORIES, the second a file with a story's JSON on each line.
// What it prints is the posts' paths, in the file's order.
define('WP_INSTALLING', true);
[, $site, $stories] = $argv;
$_SERVER['HTTP_HOST'] = 'localhost';
require "$site/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Kabar', 'redaksi', 'redaksi@example.org', true, '', 'no-secret-' . bin2hex(random_bytes(8)));
update_option('permalink_structure', '/%postname%/');
update_option('posts_per_page', 10);
global $wp_rewrite, $wpdb;
$wp_rewrite->init();
$wp_rewrite->flush_rules(true);
wp_defer_term_counting(true);
wp_suspend_cache_addition(true);
$wpdb->query('SET autocommit = 0');
$sections = [];
foreach (new SplFileObject($stories) as $number => $line) {
    if (trim($line) === '') {
        continue;
    }
    $story = json_decode($line, true, 64, JSON_THROW_ON_ERROR);
    $section = $story['section'];
    $sections[$section] ??= wp_create_category($section);
    $post = wp_insert_post([
        'post_title' => $story['headline'], 'post_content' => $story['body'], 'post_excerpt' => $story['standfirst'],
        'post_date' => $story['at'], 'post_date_gmt' => $story['at'], 'post_status' => 'publish', 'post_name' => "berita-$number",
        'post_category' => [$sections[$section]], 'tags_input' => $story['topics'], 'post_author' => 1,
    ], true);
    if (is_wp_error($post)) {
        fwrite(STDERR, "story $number: " . $post->get_error_message() . "\n");
        exit(1);
    }
    if ($number % 500 === 0) {
        $wpdb->query('COMMIT');
    }
    echo "/berita-$number/\n";
}
wp_defer_term_counting(false);
$wpdb->query('COMMIT');
