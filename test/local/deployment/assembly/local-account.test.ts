import { expect, test } from '@jest/globals';
import { accountOf, inLocalAccount } from '../../../../local/deployment/assembly/local-account.ts';

const ACCOUNT = '123456789012';

test.each([
  { story: 'a role', text: `arn:aws:iam::${ACCOUNT}:role/r`, local: 'arn:aws:iam::000000000000:role/r' },
  { story: 'a bucket', text: `assets-${ACCOUNT}-eu`, local: 'assets-000000000000-eu' },
  { story: 'the account itself', text: ACCOUNT, local: '000000000000' },
  { story: 'digits inside an asset id', text: `e${ACCOUNT}f`, local: `e${ACCOUNT}f` },
  { story: 'digits at the end of an asset id', text: `e${ACCOUNT}`, local: `e${ACCOUNT}` },
  { story: 'a longer number', text: `${ACCOUNT}3`, local: `${ACCOUNT}3` },
  { story: 'another account', text: '210987654321', local: '210987654321' },
])(
  '$story in the text of an assembly is in the local account when it names the account',
  ({ text, local }) => {
    expect(inLocalAccount(text, [ACCOUNT])).toBe(local);
  },
);

test.each([
  { named: ACCOUNT, account: ACCOUNT },
  { named: 'unknown-account', account: undefined },
  { named: '', account: undefined },
])('the account of a stack that names "$named" is $account', ({ named, account }) => {
  expect(accountOf(named)).toBe(account);
});
