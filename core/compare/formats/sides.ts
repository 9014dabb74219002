/** The two texts of a comparison and whether each was cut at the capture limit. What readers of formats take and give. */

export interface Text {
  readonly text: string;
  /** It ends in the middle. */
  readonly cut: boolean;
}

export interface Sides {
  readonly reference: Text;
  readonly shadow: Text;
}

/** Two bodies of another format, written as JSON. `null` for the shadow: it is not of the reference's format. */
export interface JsonTexts {
  readonly reference: Text;
  readonly shadow: Text | null;
}

/** The lines of a text without the one that the cut went through. */
export function wholeLines({ text, cut }: Text): readonly string[] {
  const lines = text.split(/\r?\n/);
  return cut ? lines.slice(0, -1) : lines;
}
