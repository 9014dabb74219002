export function PairScreen({ id }: { readonly id: string }) {
  return <p>{id}</p>;
}
