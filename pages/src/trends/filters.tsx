/** What the trends are narrowed to. Every choice is part of the address, so that it can be sent to somebody. */
import { Link, useNavigate } from "@tanstack/react-router";
import { useId } from "react";
import type { TrendFilter } from "../api/queries.ts";
import { plain } from "../words/plain.ts";

/** What there is to choose from. */
export interface Choices {
  readonly repository: readonly string[];
  readonly service: readonly string[];
  readonly branch: readonly string[];
  readonly region: readonly string[];
}

const SELECTS = [
  { key: "repository", name: "Repository", all: "all" },
  { key: "service", name: "Service", all: "all" },
  { key: "branch", name: "Branch", all: "default branch" },
  { key: "region", name: "Region", all: "all" },
] as const;

const FIELD = "mt-0.5 block w-full rounded border border-line-strong bg-surface px-2 py-1 text-ink";

export interface FiltersProps {
  readonly filter: TrendFilter;
  readonly choices: Choices;
}

export function Filters({ filter, choices }: FiltersProps) {
  const navigate = useNavigate();
  const narrow = (change: TrendFilter) => void navigate({ to: "/trends", search: { ...filter, ...change } });
  return (
    <search className="my-3 flex flex-wrap items-end gap-3 text-xs text-muted">
      {SELECTS.map(({ key, name, all }) => (
        <Choice
          key={key}
          name={name}
          all={all}
          value={filter[key] ?? ""}
          options={choices[key]}
          onChange={(value) => narrow({ [key]: value === "" ? undefined : value })}
        />
      ))}
      <Pull key={filter.pull ?? 0} value={filter.pull} onChange={(pull) => narrow({ pull })} />
      {Object.values(filter).some((value) => value !== undefined) && (
        <Link to="/trends" search={{}} className="py-1.5 underline">
          show all
        </Link>
      )}
    </search>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly all: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly onChange: (value: string) => void;
}

function Choice({ name, all, value, options, onChange }: ChoiceProps) {
  // What the address asks for is shown, also where no run has it.
  const known = value === "" || options.includes(value) ? options : [value, ...options];
  return (
    <label className="max-w-56 min-w-32 flex-1">
      {name}
      <select value={value} onChange={({ target }) => onChange(target.value)} className={FIELD}>
        <option value="">{all}</option>
        {known.map((option) => (
          <option key={option} value={option}>
            {plain(option)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface PullProps {
  readonly value: number | undefined;
  readonly onChange: (pull: number | undefined) => void;
}

/** Applied with Enter or on leaving: not at every digit. */
function Pull({ value, onChange }: PullProps) {
  const id = useId();
  const apply = (text: string) => {
    const next = /^[1-9]\d{0,8}$/.test(text.trim()) ? Number(text) : undefined;
    if (next !== value) onChange(next);
  };
  return (
    <div className="w-28">
      <label htmlFor={id}>Pull request</label>
      <input
        id={id}
        inputMode="numeric"
        placeholder="number"
        defaultValue={value ?? ""}
        onBlur={({ target }) => apply(target.value)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === "Enter") apply(currentTarget.value);
        }}
        className={FIELD}
      />
    </div>
  );
}
