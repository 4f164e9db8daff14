import { useEffect, useRef, useState } from 'react';

const SAY_EVERY_MS = 5_000;

/** The latest of a changing text, at most every few seconds: for what is read out. */
export function useSlowly(text: string): string {
  const [said, setSaid] = useState(text);
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  });
  useEffect(() => {
    const timer = setInterval(() => setSaid(latest.current), SAY_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return said;
}
