import { useNavigate } from '@tanstack/react-router';
import type { OrdersSearch } from './search.ts';

/** Changes the search of the list: Back undoes the step, and the list returns to its first page. */
export function useChange(search: OrdersSearch) {
  const navigate = useNavigate();
  return (changes: OrdersSearch) =>
    void navigate({ to: '/orders', search: { ...search, cursor: undefined, ...changes } });
}
