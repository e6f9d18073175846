import { describeFaults } from '../../support/fault-matrix/matrix.ts';

await describeFaults('replace');
