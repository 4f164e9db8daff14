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

/**
 * When a session ends: minutes without a request that its person made (ASVS 7.3.1), and hours after
 * the sign-in (ASVS 7.3.2). A shop sets both; an hour and 12 hours, a working day, are usual. NIST SP
 * 800-63B asks for at most an hour and 24 hours where a second factor is used; PCI DSS 8.2.8 asks for
 * 15 minutes where somebody can reach card data, and Renkei has none.
 */
export const SESSION_IDLE_MINUTES = { min: 5, max: 720 } as const;
export const SESSION_HOURS = { min: 1, max: 24 } as const;

/** The characters of a password (ASVS 6.2.1, 6.2.9). */
export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;

/** The longest time for which a shop keeps the customers of closed orders, if it sets one. */
export const RETENTION_YEARS_MAX = 30;

/** The most orders, and the most applications, of one request to erase a customer. */
export const ERASED_AT_A_TIME = 200;
