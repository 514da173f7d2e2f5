import { clock } from '../../nodes/toolkit/clock.ts';
import { simulatedTime } from './simulatedTime.mts';

clock.now = () => simulatedTime.now();
clock.pause = async (milliseconds) => await simulatedTime.pause(milliseconds);
clock.deadline = (milliseconds) => simulatedTime.deadline(milliseconds);
