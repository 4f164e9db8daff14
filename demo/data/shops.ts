import type { Role } from '../../core/src/domain/commands/permissions.ts';

/** The three shops of the demo. One of them has no inquiry, like F-REGI itself. */
export const DEMO_SHOPS = [
  { shopId: 'hanamichi', name: '花道文具店', fregiShopId: '90001', inquiry: true, orders: 600 },
  { shopId: 'minato', name: 'みなと珈琲焙煎所', fregiShopId: '90002', inquiry: false, orders: 250 },
  { shopId: 'kotori', name: 'ことり手芸工房', fregiShopId: '90003', inquiry: true, orders: 150 },
] as const;
export type DemoShop = (typeof DEMO_SHOPS)[number];

/** The people of the shops. The owner sees all three shops, everybody else sees one. */
export const DEMO_PEOPLE: readonly {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly shops: readonly DemoShop['shopId'][];
}[] = [
  {
    email: 'owner@demo.example',
    name: '花道 さくら',
    role: 'owner',
    shops: ['hanamichi', 'minato', 'kotori'],
  },
  { email: 'clerk@demo.example', name: '田中 健太', role: 'clerk', shops: ['hanamichi'] },
  { email: 'accountant@demo.example', name: '小林 美穂', role: 'accountant', shops: ['hanamichi'] },
  { email: 'viewer@demo.example', name: '渡邊 蓮', role: 'viewer', shops: ['minato'] },
];
