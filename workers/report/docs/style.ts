/** The docs page's style sheet: inline, because the page takes nothing from elsewhere. */
export const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { line-height: 1.2; }
h2 { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); font-size: 1.1rem; }
h3 { margin-bottom: 0.25rem; font-size: 1rem; }
nav ul { padding: 0; list-style: none; columns: 24rem; }
table { width: 100%; border-collapse: collapse; font-size: 0.9rem; }
th, td { padding: 0.25rem 0.5rem 0.25rem 0; text-align: left; vertical-align: top; overflow-wrap: anywhere; border-bottom: 1px solid color-mix(in srgb, currentColor 12%, transparent); }
code { font: 0.9em ui-monospace, monospace; overflow-wrap: anywhere; }
tr:target, h2:target { background: color-mix(in srgb, gold 30%, transparent); }
`;
