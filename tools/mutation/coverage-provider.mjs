import v8 from '@vitest/coverage-v8';

/**
 * Vitest's own provider, found from this folder, so that whoever only runs the tests need not
 * install it. It names itself `v8`, by which the test processes would look for it elsewhere. It is
 * one object in each process, for it keeps its session with the inspector in itself.
 */
const { getProvider } = v8;
export default Object.assign(v8, {
  async getProvider() {
    const provider = await getProvider();
    const resolveOptions = provider.resolveOptions.bind(provider);
    provider.resolveOptions = () => {
      const own = { provider: 'custom', customProviderModule: import.meta.filename };
      return Object.assign(resolveOptions(), own);
    };
    return provider;
  },
});
