package main

import (
	"errors"
	"iter"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// rules is what messages are judged by; by nothing while the leg is AnyLeg.
type rules struct {
	situation mipv4.Situation
	profile   dsmip.Profile
}

func (r *rules) setLeg(word string) error {
	leg, err := code.ParseLeg(word)
	if err != nil || leg == code.Leg(0) {
		return errors.New(code.ErrLeg.Text())
	}
	r.situation.Leg = leg
	return nil
}

func (r *rules) setProfile(word string) (err error) {
	r.profile, err = dsmip.ParseProfile(word)
	return err
}

// add adds what the rules find.
func (m *message) add(faults iter.Seq2[int, *code.Fault]) {
	for offset, f := range faults {
		r := reactions{f.Reaction(code.HomeAgent).String(), f.Reaction(code.ForeignAgent).String(), f.Reaction(code.MobileNode).String()}
		m.Faults = append(m.Faults, fault{offset, f.Text(), f.Source(), &r})
	}
}

// reactions are those of the roles that are concerned.
type reactions struct {
	HomeAgent    string `json:"homeAgent,omitempty"`
	ForeignAgent string `json:"foreignAgent,omitempty"`
	MobileNode   string `json:"mobileNode,omitempty"`
}
