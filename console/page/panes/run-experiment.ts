import type { ExperimentResult } from '../../experiments/result.ts';
import { postJson } from '../api.ts';

/** Asks the server for an experiment. @returns what it did, or why not. */
export async function runExperiment(
  name: string,
  input: unknown,
): Promise<ExperimentResult | { readonly problem: string }> {
  try {
    return await postJson<ExperimentResult>(`/api/experiments/${name}`, input);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
