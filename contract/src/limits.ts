/**
 * Limits shared by server and screens, each defined once; without zod, so that screens stay small.
 */

/** The most days of a deadline, and of a look ahead. */
export const DAYS_MAX = 365;

/** The most orders in one run. */
export const RUN_ROWS_MAX = 20_000;

/** The most orders in one selection. */
export const SELECTION_MAX = 200_000;

/** The most characters of a search in a URL, and in a request that stores a filter. */
export const SEARCH_MAX = 8_000;
export const PASTED_MAX = 200_000;

/** The characters of a password (ASVS 6.2.1, 6.2.9). */
export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;

/** The longest time for which a shop keeps the customers of closed orders, if it sets one. */
export const RETENTION_YEARS_MAX = 30;

/** The most orders, and the most applications, of one request to erase a customer. */
export const ERASED_AT_A_TIME = 200;
