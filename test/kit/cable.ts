import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A cable that carries each connection between two processes. It is whole; cut: connections break,
 * and new ones are refused; or dead: the near end accepts connections, and nothing comes through.
 */
export class Cable {
  /** The port of the near end. */
  readonly port: number;
  /** The bytes sent into the dead cable, for each connection. */
  readonly swallowed: string[] = [];
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  #dead = false;
  #server: Server | null = null;

  constructor(port: number, target: number) {
    this.port = port;
    this.#target = target;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Lets connections through again. Resolves once it does. */
  async mend(): Promise<void> {
    if (this.#dead) this.#hangUp();
    this.#dead = false;
    if (this.#server !== null) return;
    const server = createServer((near) => this.#answer(near));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, '127.0.0.1', resolve);
    });
  }

  /** Breaks all connections; refuses new ones. */
  cut(): void {
    this.#server?.close();
    this.#server = null;
    this.#hangUp();
  }

  /** Breaks all connections; accepts new ones and swallows their bytes. */
  deaden(): void {
    this.#hangUp();
    this.#dead = true;
  }

  #answer(near: Socket): void {
    this.#keep(near);
    if (this.#dead) {
      const index = this.swallowed.push('') - 1;
      near.on('data', (bytes) => {
        this.swallowed[index] += bytes.toString('latin1');
      });
      return;
    }
    const far = connect(this.#target, '127.0.0.1');
    this.#keep(far);
    near.pipe(far).pipe(near);
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
  }

  #hangUp(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
