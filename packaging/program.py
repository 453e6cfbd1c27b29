"""Where the built program begins. The one from source begins in `arctos_desk.app.cli`; this adds nothing to a day.

A worker process of the built program is this file started once more: it must learn so before anything else is loaded.
"""

import multiprocessing

if __name__ == "__main__":
    multiprocessing.freeze_support()

    from arctos_desk.app.cli import main

    main()
