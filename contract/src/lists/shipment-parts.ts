/** The parts of a shipping result that a column of a file can hold. */
export const SHIPMENT_PARTS = ['order', 'destination', 'tracking', 'shippedOn', 'carrier'] as const;
export type ShipmentPart = (typeof SHIPMENT_PARTS)[number];
