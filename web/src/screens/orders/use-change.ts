import { useNavigate } from '@tanstack/react-router';
import type { OrdersSearch } from './search.ts';

/** Changes what the list is asked for: a step that Back undoes, at the first page again. */
export function useChange(search: OrdersSearch) {
  const navigate = useNavigate();
  return (changes: OrdersSearch) =>
    void navigate({ to: '/orders', search: { ...search, cursor: undefined, ...changes } });
}
