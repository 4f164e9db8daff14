import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const API = 'http://127.0.0.1:4180';

/** The screens as static files; while developing, the API is asked where `npm start` serves it. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    target: 'es2022',
    sourcemap: true,
    // The server lets nothing inline through but styles, so small assets stay files.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: {
      '/v1': { target: API, changeOrigin: true },
      '/api': { target: API, changeOrigin: true },
    },
  },
});
