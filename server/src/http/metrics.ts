import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { VERSION } from '../places.ts';

/** The metrics for Prometheus. */
export type Metrics = {
  readonly registry: Registry;
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  readonly gatewayCalls: Histogram<'verb' | 'answer'>;
  readonly operations: Counter<'outcome'>;
  readonly unresolved: Gauge;
  readonly attention: Gauge<'shop' | 'kind'>;
  readonly atRisk: Gauge<'shop'>;
  readonly clockAhead: Gauge;
  readonly diskFree: Gauge<'disk'>;
  readonly diskSize: Gauge<'disk'>;
};

const SECONDS = [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10, 30, 60];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  tellBuild(registers);
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    ...callMetrics(registers),
    ...moneyMetrics(registers),
    ...machineMetrics(registers),
  };
}

/** How calls end, ours and those to F-REGI. */
function callMetrics(
  registers: Registry[],
): Pick<Metrics, 'requests' | 'gatewayCalls' | 'operations'> {
  return {
    requests: new Histogram({
      name: 'renkei_http_request_duration_seconds',
      help: 'Requests to the API',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers,
    }),
    gatewayCalls: new Histogram({
      name: 'renkei_fregi_call_duration_seconds',
      help: 'Calls to F-REGI, by verb and kind of answer',
      labelNames: ['verb', 'answer'],
      buckets: SECONDS,
      registers,
    }),
    operations: new Counter({
      name: 'renkei_operations_total',
      help: 'Operations that came to rest, by state',
      labelNames: ['outcome'],
      registers,
    }),
  };
}

function tellBuild(registers: Registry[]): void {
  const build = new Gauge({
    name: 'renkei_build_info',
    help: 'Always 1; the label is the version of this server',
    labelNames: ['version'],
    registers,
  });
  build.set({ version: VERSION }, 1);
}

/** Operations and items that wait for a person, and the money at risk. */
function moneyMetrics(registers: Registry[]): Pick<Metrics, 'unresolved' | 'attention' | 'atRisk'> {
  return {
    unresolved: new Gauge({
      name: 'renkei_operation_unresolved_oldest_seconds',
      help: 'Age of the oldest operation that is unknown or in review',
      registers,
    }),
    attention: new Gauge({
      name: 'renkei_attention_open',
      help: 'Open attention items: orders that disagree with F-REGI',
      labelNames: ['shop', 'kind'],
      registers,
    }),
    atRisk: new Gauge({
      name: 'renkei_yen_at_risk',
      help: 'Yen authorized and not captured, whose deadline is within seven days or has passed',
      labelNames: ['shop'],
      registers,
    }),
  };
}

/** This machine: its clock and its disks. */
function machineMetrics(
  registers: Registry[],
): Pick<Metrics, 'clockAhead' | 'diskFree' | 'diskSize'> {
  return {
    clockAhead: new Gauge({
      name: 'renkei_clock_ahead_seconds',
      help: 'Seconds by which this server’s clock is ahead of the database’s',
      registers,
    }),
    diskFree: new Gauge({
      name: 'renkei_disk_free_bytes',
      help: 'Room left for the marks, and for the database that Renkei runs itself',
      labelNames: ['disk'],
      registers,
    }),
    diskSize: new Gauge({
      name: 'renkei_disk_size_bytes',
      help: 'The size of the same disks',
      labelNames: ['disk'],
      registers,
    }),
  };
}
