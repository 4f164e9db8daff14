/** Line icons on a 16 × 16 grid. They only decorate: the text beside them says the same. */
const PATHS = {
  home: 'M2.8 7.6L8 3.2l5.2 4.4M4.3 6.6v6.2h7.4V6.6M6.8 12.8V9.6h2.4v3.2',
  equal: 'M3.5 6h9M3.5 10h9',
  book: 'M3.2 3h4.3c.5 0 .5.5.5.5v9.7s0-.7-.8-.7h-4zM12.8 3H8.5c-.5 0-.5.5-.5.5v9.7s0-.7.8-.7h4z',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  cross: 'M4 4l8 8M12 4l-8 8',
  clock: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11M8 5v3.2l2 1.3',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5.2a2.5 2.5 0 0 1 5 0v2.3',
  undo: 'M6 3.5L3 6.5l3 3M3 6.5h6.2a3.3 3.3 0 0 1 0 6.6H6',
  send: 'M2.5 8h10M9 4.5L12.5 8 9 11.5',
  question: 'M5.8 6a2.2 2.2 0 1 1 3.2 2c-.8.4-1 .9-1 1.7M8 12.3v.1',
  warning: 'M8 2.8l5.7 10H2.3zM8 6.5v3M8 11.2v.1',
  pause: 'M5.5 4v8M10.5 4v8',
  stop: 'M4.5 4.5h7v7h-7z',
  dot: 'M8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6',
  box: 'M2.8 5L8 2.6 13.2 5v6L8 13.4 2.8 11zM2.8 5L8 7.4 13.2 5M8 7.4v6',
  calendar: 'M3 4.2h10v9H3zM3 7h10M5.5 2.5v3M10.5 2.5v3',
  list: 'M5.5 4.5h8M5.5 8h8M5.5 11.5h8M2.6 4.5h.1M2.6 8h.1M2.6 11.5h.1',
  yen: 'M4 3l4 5 4-5M8 8v5.5M5 9h6M5 11.2h6',
  gear: 'M8 5.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4M8 2v2M8 12v2M2 8h2M12 8h2M3.8 3.8l1.4 1.4M10.8 10.8l1.4 1.4M3.8 12.2l1.4-1.4M10.8 5.2l1.4-1.4',
  upload: 'M8 10.5v-7M5 6.2L8 3.3l3 2.9M3 10.5v2.7h10v-2.7',
  layers: 'M8 2.8L13.5 6 8 9.2 2.5 6zM2.5 9.2L8 12.4l5.5-3.2',
  search: 'M7 2.8a4.2 4.2 0 1 1 0 8.4 4.2 4.2 0 0 1 0-8.4M10.2 10.2l3 3',
  person:
    'M8 3a2.4 2.4 0 1 1 0 4.8A2.4 2.4 0 0 1 8 3M3.2 13.2c.6-2.4 2.5-3.4 4.8-3.4s4.2 1 4.8 3.4',
  copy: 'M5.8 5.8h7.4v7.4H5.8zM3 10.2V2.8h7.2',
  external: 'M9 3h4v4M13 3L7.5 8.5M11 9v4H3V5h4',
  mail: 'M2.5 4h11v8.2h-11zM2.5 4.6L8 8.8l5.5-4.2',
  up: 'M4 10l4-4 4 4',
  down: 'M4 6l4 4 4-4',
  sort: 'M5 6.2L8 3.2l3 3M5 9.8l3 3 3-3',
  back: 'M9.8 3.8L5.5 8l4.3 4.2',
} as const;
export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
