/** One chart of a trend. What it shows is in the table beside it too, so to readers of speech it is one picture with a name. */
import type { PointerEvent } from "react";
import type { Trend } from "../../../core/wire/api/trends.ts";
import { useWidth } from "../pieces/use-width.ts";
import { plain } from "../words/plain.ts";
import { budgetFigure, shortSha } from "../words/trend.ts";
import { type DrawnLimit, type DrawnLine, type Layout, layoutOf } from "../words/trend-layout.ts";
import { nearest } from "../words/trend-scales.ts";
import type { ChartPlan } from "../words/trend-series.ts";

/** In pixels. */
const HEIGHT = 190;

/** Text above lines stays readable: what it covers is pushed back. */
const HALO = "stroke-surface stroke-[4px] [paint-order:stroke]";

/** Names of limits closer than this, in pixels, would cover each other. */
const LABEL_PX = 15;

export interface ChartProps {
  readonly plan: ChartPlan;
  readonly trend: Trend;
  /** The run that is pointed at. */
  readonly selected: number;
  readonly onSelect: (run: number) => void;
}

export function Chart({ plan, trend, selected, onSelect }: ChartProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const layout = layoutOf(plan, trend, { width, height: HEIGHT });
  const point = ({ nativeEvent }: PointerEvent) => onSelect(nearest(layout.xs, nativeEvent.offsetX));
  const commit = trend.step?.commit ?? null;
  return (
    <figure className="min-w-0">
      <figcaption className="flex flex-wrap items-baseline gap-x-4 text-xs">
        <span className="font-semibold">{plan.title}</span>
        {plan.lines.length > 1 && plan.lines.map((line) => <Key key={line.name} {...line} />)}
      </figcaption>
      <div ref={box} className="mt-1 h-[190px]">
        <svg
          role="img"
          aria-label={`${plan.title} of ${trend.endpoint} over time; its numbers are in the table of runs`}
          width={width}
          height={HEIGHT}
          className="block touch-pan-y text-[11px]"
          onPointerMove={point}
          onPointerDown={point}
        >
          <Axes layout={layout} budget={plan.lines[0]?.budget ?? "p95_ms"} />
          {layout.stepX !== null && (
            <StepMark
              x={layout.stepX}
              plot={layout.plot}
              label={commit === null ? "step" : `step: ${shortSha(commit)}`}
            />
          )}
          {layout.lines.map((line) => (
            <Drawn key={line.line.name} drawn={line} x={layout.xs[selected]} y={line.ys[selected]} />
          ))}
          {layout.limits.map((limit, index) => (
            <Limit key={limit.line.name} limit={limit} plot={layout.plot} atEnd={index > 0 && isCrowded(layout)} />
          ))}
          {layout.names.map(({ text, x, y }) => (
            <text key={text} x={x} y={y - 6} textAnchor="end" className={`fill-ink ${HALO}`}>
              {plain(text)}
            </text>
          ))}
          <Cursor x={layout.xs[selected]} plot={layout.plot} />
        </svg>
      </div>
    </figure>
  );
}

function isCrowded({ limits: [one, other] }: Layout): boolean {
  return one !== undefined && other !== undefined && Math.abs(one.y - other.y) < LABEL_PX;
}

const lookOf = (dashed: boolean | undefined) =>
  dashed === true ? { className: "stroke-muted", strokeDasharray: "5 3" } : { className: "stroke-accent" };

function Key({ name, dashed }: { readonly name: string; readonly dashed?: boolean }) {
  return (
    <span className="inline-flex items-center gap-1.5 text-muted">
      <svg width="22" height="8" aria-hidden="true">
        <path d="M0,4h22" fill="none" strokeWidth="2" {...lookOf(dashed)} />
      </svg>
      {name}
    </span>
  );
}

interface AxesProps {
  readonly layout: Layout;
  readonly budget: Trend["budgets"][number]["budget"];
}

function Axes({ layout: { plot, yTicks, xTicks }, budget }: AxesProps) {
  return (
    <g className="fill-muted">
      {yTicks.map(({ value, y }) => (
        <g key={value}>
          <path d={`M${plot.left},${y}H${plot.right}`} className="stroke-line" />
          <text x={plot.left - 6} y={y + 4} textAnchor="end">
            {budgetFigure(budget, value)}
          </text>
        </g>
      ))}
      {xTicks.map(({ at, label, x }) => (
        <text key={at} x={x} y={plot.bottom + 16} textAnchor="middle">
          {label}
        </text>
      ))}
    </g>
  );
}

interface LimitProps {
  readonly limit: DrawnLimit;
  readonly plot: Layout["plot"];
  /** Names stand at the start, where the past is; the second of two that are close at the end. */
  readonly atEnd: boolean;
}

function Limit({ limit: { line, threshold, y }, plot, atEnd }: LimitProps) {
  const name = line.name === "p95" || line.name === "p99" ? `${line.name} budget` : "budget";
  return (
    <g>
      <path
        d={`M${plot.left},${y}H${plot.right}`}
        className="stroke-critical-bar"
        strokeDasharray="2 3"
        strokeWidth="1.5"
      />
      <text
        x={atEnd ? plot.right - 2 : plot.left + 4}
        y={y - 4}
        textAnchor={atEnd ? "end" : "start"}
        className={`fill-critical ${HALO}`}
      >
        {name} {budgetFigure(line.budget, threshold)}
      </text>
    </g>
  );
}

interface DrawnProps {
  readonly drawn: DrawnLine;
  readonly x: number | undefined;
  readonly y: number | undefined;
}

function Drawn({ drawn: { line, path, dots, failed }, x, y }: DrawnProps) {
  const { className, ...dash } = lookOf(line.dashed);
  return (
    <g className={className} fill="none" strokeLinecap="round" strokeLinejoin="round">
      <path d={path} strokeWidth="1.75" {...dash} />
      <path d={dots} strokeWidth="4.5" />
      <path d={failed} strokeWidth="7" className="stroke-critical-bar" />
      {x !== undefined && y !== undefined && <circle cx={x} cy={y} r="4.5" strokeWidth="2" className="fill-surface" />}
    </g>
  );
}

function StepMark({ x, plot, label }: { readonly x: number; readonly plot: Layout["plot"]; readonly label: string }) {
  const isLate = x > (plot.left + plot.right) / 2;
  return (
    <g>
      <path d={`M${x},${plot.top - 4}V${plot.bottom}`} className="stroke-warning-bar" strokeWidth="2" />
      <text
        x={isLate ? x - 5 : x + 5}
        y={plot.top - 6}
        textAnchor={isLate ? "end" : "start"}
        className={`fill-warning ${HALO}`}
      >
        {label}
      </text>
    </g>
  );
}

function Cursor({ x, plot }: { readonly x: number | undefined; readonly plot: Layout["plot"] }) {
  return x === undefined ? null : <path d={`M${x},${plot.top}V${plot.bottom}`} className="stroke-line-strong" />;
}
