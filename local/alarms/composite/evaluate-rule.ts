import type { AlarmState } from '../alarm.ts';
import type { Rule } from './parse-rule.ts';

/**
 * Tells whether a rule holds.
 *
 * @throws {Error} when an alarm of the rule does not exist.
 */
export function ruleHolds(rule: Rule, stateOf: (alarm: string) => AlarmState | undefined): boolean {
  switch (rule.kind) {
    case 'constant':
      return rule.holds;
    case 'not':
      return !ruleHolds(rule.rule, stateOf);
    case 'and':
      return rule.rules.every((one) => ruleHolds(one, stateOf));
    case 'or':
      return rule.rules.some((one) => ruleHolds(one, stateOf));
    case 'state': {
      const state = stateOf(rule.alarm);
      if (state === undefined)
        throw new Error(`A composite alarm names ${rule.alarm}, which does not exist.`);
      return state === rule.state;
    }
  }
}

/** The names of the alarms that a rule reads, each once. */
export function alarmsIn(rule: Rule): readonly string[] {
  switch (rule.kind) {
    case 'constant':
      return [];
    case 'not':
      return alarmsIn(rule.rule);
    case 'and':
    case 'or':
      return [...new Set(rule.rules.flatMap(alarmsIn))];
    case 'state':
      return [rule.alarm];
  }
}
