"""Counts what was checked. Nothing is skipped without a word."""


class Report:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def check(self, what, problems):
        """One check: passed if there are no problems."""
        problems = list(problems)
        if problems:
            self.failed += 1
            print(f"FAILED  {what}")
            for problem in problems[:8]:
                print(f"        {problem}")
            if len(problems) > 8:
                print(f"        and {len(problems) - 8} more")
        else:
            self.passed += 1

    def skip(self, what, why):
        self.skipped += 1
        print(f"skipped {what}: {why}")

    def part(self, title):
        print(f"{title} …", flush=True)

    def end(self):
        """Prints the counts; the exit code."""
        print(f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped")
        return 1 if self.failed or not self.passed else 0
