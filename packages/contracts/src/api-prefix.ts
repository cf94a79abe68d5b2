/** What every path of the API begins with (the specification's base URL), behind the operator's `BASE_PATH`. */
export const API_PREFIX = '/api/video-scraper'
