<?php

declare(strict_types=1);

namespace VideoScraper;

/** Stands for a field that is not given, where null would say something. */
enum Absent
{
    case Field;
}
