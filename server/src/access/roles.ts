import { PERMISSIONS, type Permission, type Role } from '@renkei/contract/shop/shop.ts';

/**
 * Role → permissions: the whole of it. Whatever is not listed is refused. Money moves by owner and
 * clerk only, and what was captured is changed by the owner alone (A3); an accountant reads
 * everything, sees to differences and closes the books; a viewer reads orders.
 */
export const PERMISSIONS_OF: Record<Role, readonly Permission[]> = {
  owner: PERMISSIONS,
  clerk: [
    'orders:read',
    'orders:write',
    'payments:capture',
    'payments:cancel',
    'imports:write',
    'settings:read',
    'attention:write',
    'reconciliation:write',
    'activity:read',
    'orders:export',
  ],
  accountant: [
    'orders:read',
    'settings:read',
    'attention:write',
    'reconciliation:write',
    'activity:read',
    'orders:export',
  ],
  viewer: ['orders:read'],
};

export function isAllowed(role: Role, permission: Permission): boolean {
  return PERMISSIONS_OF[role].includes(permission);
}
