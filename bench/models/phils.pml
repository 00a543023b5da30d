/* N philosophers for ever: take the left fork, take the right one, put both down. */
bit fork[N];
#define LEFT  fork[_pid]
#define RIGHT fork[(_pid + 1) % N]

active [N] proctype Philosopher() {
  do
  :: d_step { LEFT == 0 -> LEFT = 1 };
     d_step { RIGHT == 0 -> RIGHT = 1 };
     LEFT = 0;
     RIGHT = 0
  od
}
