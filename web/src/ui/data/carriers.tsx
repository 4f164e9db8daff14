const NAMES = ['ヤマト運輸', '佐川急便', '日本郵便'];

/** The carriers that a field with this list id proposes. */
export function Carriers({ id }: { readonly id: string }) {
  return (
    <datalist id={id}>
      {NAMES.map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  );
}
