"""Medians of all rounds and their ratios, from lines SERVER NAME, a tab, FIGURE."""
import statistics
import sys

figures = {}
with open(sys.argv[1]) as file:
    for line in file:
        server, rest = line.split(' ', 1)
        name, figure = rest.split('\t')
        figures.setdefault(name, {}).setdefault(server, []).append(float(figure))

print(f'\n{"":36}{"strata":>12}{"docker-registry":>18}{"ratio":>10}')
for name, by in figures.items():
    ours, theirs = (statistics.median(by[server]) if server in by else float('nan') for server in ('strata', 'docker_registry'))
    print(f'{name:36}{ours:12.1f}{theirs:18.1f}{ours / theirs if theirs else float("nan"):10.3f}')
