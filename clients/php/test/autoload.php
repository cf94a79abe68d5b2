<?php

/** Loads the client, and the packages that it needs: those of Debian, in the include path. */

declare(strict_types=1);

require_once 'Psr/Log/autoload.php';
require_once 'Nyholm/Psr7/autoload.php';
require_once 'GuzzleHttp/autoload.php';

(static function (): void {
    // As composer does, from what composer.json says.
    $root = getenv('CLIENT_ROOT') ?: dirname(__DIR__);
    $prefixes = json_decode((string) file_get_contents($root.'/composer.json'), true)['autoload']['psr-4'];
    // The longest prefix is the one that counts.
    krsort($prefixes);
    spl_autoload_register(static function (string $class) use ($root, $prefixes): void {
        foreach ($prefixes as $prefix => $folder) {
            if (str_starts_with($class, $prefix)) {
                $path = $root.'/'.$folder.strtr(substr($class, strlen($prefix)), '\\', '/').'.php';
                if (is_file($path)) {
                    require $path;
                }

                return;
            }
        }
    });
})();
