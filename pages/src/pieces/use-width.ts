/** How wide a part of the screen is, so that a chart's text keeps its size on a phone. */
import { type RefObject, useEffect, useRef, useState } from "react";

/** Before it was measured, in pixels. */
const FIRST_WIDTH = 640;

/** Sets the ref on an element; the width follows it, in pixels. */
export function useWidth<E extends HTMLElement>(): readonly [RefObject<E | null>, number] {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(FIRST_WIDTH);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      const next = Math.floor(entry?.contentRect.width ?? 0);
      if (next > 0) setWidth(next);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
