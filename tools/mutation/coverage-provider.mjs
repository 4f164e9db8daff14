import v8 from '@vitest/coverage-v8';

/**
 * Vitest's own provider, found from this folder, so that a person who only runs the tests need not
 * install it. The provider names itself `v8`, and the test processes would look for that name
 * elsewhere. It is one object in each process, because it holds its session with the inspector.
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
