import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const API = 'http://127.0.0.1:4180';

/** Builds the screens as static files. In development, Vite sends API requests to `npm start`. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressed()],
  build: {
    target: 'es2022',
    sourcemap: true,
    // The server allows inline styles only, so small assets stay files.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: {
      '/v1': { target: API, changeOrigin: true },
      '/api': { target: API, changeOrigin: true },
    },
  },
});

/** Adds a compressed copy of each text file to the build, so that the server need not compress. */
function compressed(): Plugin {
  const ways = { br: promisify(brotliCompress), gz: promisify(gzip) };
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir = '' }, files) {
      const texts = Object.keys(files).filter((name) => /\.(js|css|html|svg)$/.test(name));
      const write = async (name: string) => {
        const path = join(dir, name);
        const text = await readFile(path);
        for (const [ending, compress] of Object.entries(ways)) {
          await writeFile(`${path}.${ending}`, await compress(text));
        }
      };
      await Promise.all(texts.map(write));
    },
  };
}
