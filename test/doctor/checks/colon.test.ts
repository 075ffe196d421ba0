import { aGroup } from '../a-stage.ts';
import { describeCheck } from './check-cases.ts';

describeCheck('colon', {
  finds: [
    {
      story: 'a colon in a group id',
      facts: { groups: [aGroup(), aGroup({ groupId: 'team:reports' })] },
      found: ['team:reports: its id is "team:reports".'],
    },
  ],
  quiet: [
    {
      story: 'a group id has other signs',
      facts: { groups: [aGroup({ groupId: 'a.b_c-1/@=' })] },
    },
  ],
});
