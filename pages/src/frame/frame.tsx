/** What stands around every screen: skip link, name of the product, the screen itself. */
import { Link, Outlet } from "@tanstack/react-router";

export function Frame() {
  return (
    <div className="min-h-dvh">
      <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:m-2 focus:bg-surface focus:p-2">
        Skip to the content
      </a>
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex max-w-7xl items-center gap-2 px-4 py-2.5">
          <svg viewBox="0 0 32 32" className="size-5" aria-hidden="true">
            <circle cx="20" cy="17" r="11" className="fill-line-strong" />
            <circle cx="13" cy="15" r="11" className="fill-accent" />
          </svg>
          <Link to="/" className="font-semibold text-ink">
            Shadow Infra
          </Link>
          <nav aria-label="Parts" className="ml-auto flex gap-4">
            <Place to="/" name="Deployments" />
            <Place to="/trends" name="Trends" />
          </nav>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto max-w-7xl px-4 pt-5 pb-16 outline-none">
        <Outlet />
      </main>
    </div>
  );
}

function Place({ to, name }: { readonly to: "/" | "/trends"; readonly name: string }) {
  return (
    <Link
      to={to}
      activeOptions={{ exact: true, includeSearch: false }}
      className="py-0.5 text-ink"
      activeProps={{ className: "border-b-2 border-accent font-semibold" }}
    >
      {name}
    </Link>
  );
}
