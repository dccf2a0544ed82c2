// Command dashboards holds dashboards against Grafana's own schema, as its foundation SDK has it: no field that Grafana
// does not know, none missing that it needs, none of another type or out of its range. It prints a line a fault, and
// ends with 1 if there is one.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/heatmap"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
	"github.com/grafana/grafana-foundation-sdk/go/stat"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"
)

func main() {
	runtime := cog.NewRuntime()
	runtime.RegisterPanelcfgVariant(heatmap.VariantConfig())
	runtime.RegisterPanelcfgVariant(stat.VariantConfig())
	runtime.RegisterPanelcfgVariant(timeseries.VariantConfig())
	runtime.RegisterDataqueryVariant(prometheus.VariantConfig())
	faults := 0
	for _, file := range os.Args[1:] {
		for _, fault := range faultsOf(file) {
			fmt.Printf("%s: %s\n", file, fault)
			faults++
		}
	}
	if faults > 0 {
		os.Exit(1)
	}
}

func faultsOf(file string) []string {
	text, err := os.ReadFile(file)
	if err != nil {
		return []string{err.Error()}
	}
	faults := unknownPanels(text)
	if err := new(dashboard.Dashboard).UnmarshalJSONStrict(text); err != nil {
		faults = append(faults, lines(err)...)
	}
	// The strict reading leaves out what it has a fault in, so that is not what is examined further.
	var board dashboard.Dashboard
	if err := json.Unmarshal(text, &board); err != nil {
		return append(faults, err.Error())
	}
	if err := board.Validate(); err != nil {
		faults = append(faults, lines(err)...)
	}
	return faults
}

// lines are the single faults of an error, which is no nil even where there is none.
func lines(err error) []string {
	return strings.FieldsFunc(err.Error(), func(c rune) bool { return c == '\n' })
}

// unknownPanels are those of a type whose options are not checked, as it is not registered above.
func unknownPanels(text []byte) []string {
	var board struct {
		Panels []struct{ Title, Type string }
	}
	if err := json.Unmarshal(text, &board); err != nil {
		return []string{err.Error()}
	}
	var unknown []string
	for _, panel := range board.Panels {
		if _, found := cog.ConfigForPanelcfgVariant(panel.Type); !found {
			unknown = append(unknown, fmt.Sprintf("panel %q: no schema for the type %q", panel.Title, panel.Type))
		}
	}
	return unknown
}
