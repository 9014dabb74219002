/** No deployment yet: names the next command. */

export function EmptyList() {
  return (
    <div className="rounded-lg border border-dashed border-line-strong bg-surface px-6 py-10">
      <h2 className="text-lg font-semibold">No shadow deployment yet</h2>
      <p className="mt-2 max-w-prose text-muted">
        A shadow deployment is what a pull request would do to real requests. The local start runs an example, with no
        account and no key:
      </p>
      <pre className="mt-3 overflow-x-auto rounded bg-sunken px-3 py-2 font-mono text-xs">npm start</pre>
      <p className="mt-4 max-w-prose text-muted">or compares two servers of your own:</p>
      <pre
        // The command is wider than a phone: it scrolls, so it takes the keyboard's focus.
        tabIndex={0}
        className="mt-3 overflow-x-auto rounded bg-sunken px-3 py-2 font-mono text-xs"
      >
        npm start -- --prod http://localhost:3000 --shadow http://localhost:3001
      </pre>
    </div>
  );
}
